"""The organisation desk (組織): who works here as what and since when, who may change that, and what was done."""

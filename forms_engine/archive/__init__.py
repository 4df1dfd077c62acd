"""The archive (保存原本): what was asked and what was decided, as one sealed file that can be read in decades."""

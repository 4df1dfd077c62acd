"""What is said about a workflow definition that cannot be published, to a builder who has never read JSON."""

WORKFLOW_TEXTS: dict[str, dict[str, str]] = {
    "workflow_refuse": {
        "ja": "不承認(refuse)にできるのは「決裁」の段階だけです。この段階からは外してください",
        "en": "Only a decision may refuse. Take “refuse” away from this step",
    },
    "workflow_return": {
        "ja": "差し戻す先がありません。前に人の段階がないので、差戻し(return)を外してください",
        "en": "There is nobody to return to: no person has the case before this step. Take “return” away",
    },
    "workflow_approve": {
        "ja": "この段階の人が承認できません。「approve」を加えてください",
        "en": "Nobody can approve at this step. Add “approve”",
    },
    "workflow_case": {
        "ja": "分かれ道には、条件(when)か「それ以外」(otherwise)のどちらか1つを書いてください",
        "en": "Give a case either a condition (when) or “otherwise”, not both and not neither",
    },
    "workflow_otherwise_last": {
        "ja": "「それ以外」(otherwise)は最後に置いてください。後の条件が決して使われません",
        "en": "Put “otherwise” last: what follows it is never reached",
    },
    "workflow_otherwise_missing": {
        "ja": "どの条件にも当てはまらない案件の行き先がありません。最後に「それ以外」(otherwise)を加えてください",
        "en": "A case that meets no condition has nowhere to go. Add “otherwise” at the end",
    },
    "workflow_no_decision": {
        "ja": "ここを通る案件は、誰も決裁しないまま終わります。決裁の段階を加えてください",
        "en": "Cases that come this way end without a decision. Add a decision",
    },
    "workflow_second_decision": {
        "ja": "同じ案件が2回決裁されます。「{key}」を審査(approval)にするか、外してください",
        "en": "The same case would be decided twice. Make “{key}” an approval, or remove it",
    },
    "workflow_in_itself": {
        "ja": "決裁経路「{key}」の中に同じ「{key}」が入っています。外してください",
        "en": "The workflow “{key}” contains itself. Take it out",
    },
    "workflow_long_key": {
        "ja": "段階の名前「{key}」が長すぎます。組み込む経路の分も合わせて{limit}文字までにしてください",
        "en": "The name of the step “{key}” is too long. Keep to {limit} characters with those it is taken over by",
    },
    "workflow_unknown": {
        "ja": "「{key}」という決裁経路は公開されていません。先に公開するか、名前を確認してください",
        "en": "No workflow “{key}” has been published. Publish it first, or check its name",
    },
    "workflow_rules_in_parallel": {
        "ja": "並列の中に自動承認規則「{key}」は置けません。並列の前か後に移してください",
        "en": "Rules “{key}” cannot stand in a parallel branch. Move them before or after it",
    },
    "workflow_rules_late": {
        "ja": "決裁の後に自動承認規則「{key}」があると、同じ案件が2回決まります。決裁の前に移してください",
        "en": "Rules “{key}” after the decision would decide the case twice. Move them before it",
    },
    "workflow_conditions": {
        "ja": "条件付きの承認(approve_with_conditions)ができるのは「決裁」の段階だけです。この段階からは外してください",
        "en": "Only a decision may approve with conditions. Take “approve_with_conditions” away from this step",
    },
    "workflow_object": {
        "ja": "不同意(object)が使えるのは合議と並列の中だけです。この段階からは外してください",
        "en": "Only in a consultation or a parallel branch can one object. Take “object” away from this step",
    },
    "workflow_correction_late": {
        "ja": "決裁の後に補正は求められません。決めた内容が変わってしまうので、request_correction を外してください",
        "en": "No correction can be asked for after the decision: what was decided would change. "
        "Take “request_correction” away",
    },
    "workflow_pull_up": {
        "ja": "前に人の段階がないので、引き上げる案件がありません。引上げ(pull_up)を外してください",
        "en": "No person has the case before this step, so there is nothing to pull up. Take “pull_up” away",
    },
    "workflow_need": {
        "ja": "{need}人の同意が要るのに、分かれ道は{branches}本しかありません。数を合わせてください",
        "en": "{need} have to agree, but there are only {branches}. Make the numbers fit",
    },
    "workflow_not_agreed": {
        "ja": "「{key}」で同意が得られないときに戻す先がありません。前に人の段階を置くか、"
        "if_not_agreed を continue(そのまま進む)にしてください",
        "en": "If “{key}” does not agree, there is nobody to return to. Put a person before it, or set "
        "“if_not_agreed” to “continue”",
    },
    "workflow_too_deep": {
        "ja": "並列の入れ子が深すぎます。{limit}段までにしてください",
        "en": "Parallel blocks are nested too deeply. Keep to {limit} levels",
    },
    "workflow_branch_nobody": {
        "ja": "この分かれ道には人の段階がありません。承認する人を加えるか、分かれ道を外してください",
        "en": "Nobody has the case in this branch. Add a person, or remove the branch",
    },
    "workflow_decision_in_parallel": {
        "ja": "並列の中に決裁「{key}」は置けません。決裁する人は1人だけなので、並列の後に移してください",
        "en": "The decision “{key}” cannot stand in a parallel branch: only one person decides. "
        "Move it after the block",
    },
    "workflow_by": {
        "ja": "「{key}」の担当は by(担当先)か authority(専決の表)のどちらか1つで書いてください",
        "en": "Say for “{key}” who is to act by either “by” or “authority”, not both and not neither",
    },
    "workflow_authority": {
        "ja": "専決の表(authority)が使えるのは「決裁」の段階だけです。「{key}」では by で担当を書いてください",
        "en": "Only a decision has a table of authority. Use “by” for “{key}”",
    },
    "workflow_authority_missing": {
        "ja": "どの条件にも当てはまらないときに誰が決裁するか決まっていません。"
        "最後に「それ以外」(otherwise)の行を加えてください",
        "en": "Nobody decides where no condition holds. Add a row “otherwise” at the end",
    },
    "workflow_substitutes": {
        "ja": "代決する人(substitutes)を決められるのは「決裁」の段階だけです。「{key}」からは外してください",
        "en": "Only a decision can be taken by substitutes. Take them away from “{key}”",
    },
    "workflow_assignee": {
        "ja": "担当の書き方({names})が組み合わせられません。課と役職、申請者の課と役職、"
        "答え(fact)、直属の上司(superior_of)のどれか1つにしてください",
        "en": "{names} cannot be combined. Name a department and role, the drafter's department and a role, "
        "a fact, or the drafter's superior",
    },
    "workflow_department_of": {
        "ja": "起案した人の課の誰が担当か決まっていません。役職(role)を書き加えてください",
        "en": "Say who in the drafter's department: add a role",
    },
    "workflow_rule_period": {
        "ja": "規則「{key}」は、効力が終わる日(valid_until)が始まる日(valid_from)より前です。日付を直してください",
        "en": "The rule “{key}” ends (valid_until) before it begins (valid_from). Correct the days",
    },
    "workflow_rule_conditions": {
        "ja": "規則「{key}」は人に回すだけなので、承認の条件(conditions)は付けられません。外してください",
        "en": "The rule “{key}” only passes cases to a person, so it cannot set conditions. Take them away",
    },
    "workflow_sample_alone": {
        "ja": "抽出の割合(sample_percent)がないので、{names}は働きません。割合を書くか、外してください",
        "en": "Without a percentage (sample_percent), {names} does nothing. Add it, or take them away",
    },
    "workflow_sample_to": {
        "ja": "承認の後で誰が確かめるか決まっていません。sample_to に担当を書いてください",
        "en": "Nobody is named who reads the sample afterwards. Say whom in “sample_to”",
    },
    "workflow_escalate": {
        "ja": "「{key}」の上申は、何開庁日後に(escalate_after)と誰に(escalate_to)の両方を書いてください",
        "en": "Say for “{key}” both after how many working days (escalate_after) and to whom (escalate_to)",
    },
    "workflow_remind_late": {
        "ja": "「{key}」の催促(remind_after)が期限(working_days)より後です。期限までの日数にしてください",
        "en": "“{key}” is reminded of (remind_after) only after it is due (working_days). Remind before that",
    },
    "workflow_entry_unknown": {
        "ja": "条件の「{fact}」は、この経路のどの職員記入欄でもありません。段階と項目の記号を確かめてください",
        "en": "No step of this route has the staff field “{fact}” that a condition names. Check the step and the field",
    },
    "workflow_entry_late": {
        "ja": "条件の「{fact}」は、ここを通るときにはまだ記入されていない職員記入欄です。前の段階の欄を使ってください",
        "en": "“{fact}” is a staff field that is not filled in yet when a case comes here. "
        "Look at one of an earlier step",
    },
    "workflow_entry_required": {
        "ja": "必須にした「{field}」という職員記入欄がありません。欄を加えるか、必須から外してください",
        "en": "There is no staff field “{field}” to be required. Add it, or take it out of “required”",
    },
}

namespace Republic.Core.Knowledge.Collections;

/// <param name="AnswersOutside">Also where an outside client asks with the minion's key.</param>
public sealed record LinkedMinion(Guid Id, string DisplayName, bool AnswersOutside);

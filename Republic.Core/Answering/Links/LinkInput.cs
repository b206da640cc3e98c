namespace Republic.Core.Answering.Links;

/// <param name="AnswersOutsideClients">Also where an outside client asks with the minion's key; null leaves it as it is, and is no for a new link.</param>
public sealed record LinkInput(Guid Id, bool? AnswersOutsideClients = null);

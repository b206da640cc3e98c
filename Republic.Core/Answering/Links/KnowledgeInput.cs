namespace Republic.Core.Answering.Links;

/// <summary>What a person changes of what a minion knows; null leaves it as it is.</summary>
/// <param name="Collections">All that it is linked to: what is not named is unlinked.</param>
public sealed record KnowledgeInput(IReadOnlyList<LinkInput>? Collections = null, StagesInput? Stages = null);

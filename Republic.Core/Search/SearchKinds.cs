namespace Republic.Core.Search;

/// <summary>The kinds of things that are found, as the API calls them.</summary>
public static class SearchKinds
{
    public const string Minion = "minion";
    public const string Task = "task";
    public const string Scenario = "scenario";
    public const string Episode = "episode";
    public const string Run = "run";
    public const string Dataset = "dataset";
    public const string Collection = "collection";
    public const string Document = "document";
    public const string PersonalModel = "personal_model";
    public const string Setting = "setting";
    public const string Conversation = "conversation";
    public const string Message = "message";

    /// <summary>In the order in which results of all kinds come.</summary>
    public static IReadOnlyList<string> All { get; } =
    [Minion, Task, Scenario, Episode, Run, Dataset, Collection, Document, PersonalModel, Setting, Conversation, Message];
}

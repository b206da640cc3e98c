namespace Republic.Core.Archives;

/// <summary>The kinds of things in an archive, in the order in which they are added: what others refer to comes first.</summary>
public static class ArchiveKinds
{
    public const string Profile = "profile";
    public const string Datasets = "datasets";
    public const string Collections = "collections";
    public const string Minions = "minions";
    public const string Chats = "chats";
    public const string Memories = "memories";
    public const string Tasks = "tasks";
    public const string Scenarios = "scenarios";
    public const string Episodes = "episodes";
    public const string PersonalModels = "personal_models";

    public static IReadOnlyList<string> All { get; } =
    [Profile, Datasets, Collections, Minions, Chats, Memories, Tasks, Scenarios, Episodes, PersonalModels];
}

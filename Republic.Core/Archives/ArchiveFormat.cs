using System.Security.Cryptography;
using System.Text;

namespace Republic.Core.Archives;

/// <summary>How the entries of an archive are called. Names are made of ids alone, never of what somebody typed.</summary>
internal static class ArchiveFormat
{
    /// <summary>Raised when an earlier Republic could not read what is written now.</summary>
    public const int Number = 1;

    public const string Manifest = "archive.json";
    public const string Profile = "profile.json";
    public const string Memories = "memories.jsonl";
    public const string Tasks = "tasks.jsonl";
    public const string PersonalModels = "personal-models.json";

    private const int LongestPlain = 64;
    private const string ChatFolder = "chats/";
    private const string ScenarioFolder = "scenarios/";
    private const string EpisodeFolder = "episodes/";

    public static string Minion(Guid id, string file) => $"minions/{id}/{file}";

    /// <summary>Weights that a person put among the adapters may have any name.</summary>
    public static string Adapter(Guid minion, string adapter)
    {
        var isPlain = adapter.Length <= LongestPlain && adapter.All(char.IsAsciiLetterOrDigit);
        var name = isPlain ? adapter : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(adapter)));
        return $"minions/{minion}/adapters/{name}.gguf";
    }

    public static string Chat(Guid id) => $"{ChatFolder}{id}.json";

    public static string Dataset(Guid id, string file) => $"datasets/{id}/{file}";

    public static string Collection(Guid id, string file) => $"collections/{id}/{file}";

    public static string Document(Guid collection, Guid id) => $"collections/{collection}/documents/{id}";

    public static string DocumentText(Guid collection, Guid id) => $"collections/{collection}/texts/{id}.txt";

    public static string TaskFile(Guid task, Guid id) => $"tasks/{task}/{id}";

    public static string Scenario(Guid id) => $"{ScenarioFolder}{id}.yaml";

    public static string ScenarioMeta(Guid id) => $"{ScenarioFolder}{id}.json";

    public static string ScenarioVersion(Guid id, int number) => $"{ScenarioFolder}{id}/{number}.yaml";

    public static string Episode(Guid id) => $"{EpisodeFolder}{id}.jsonl";

    /// <summary>The ids of things that are described by one entry each: those between the beginning and the end of its name.</summary>
    public static IEnumerable<Guid> Ids(IEnumerable<string> names, string begin, string end) =>
        from name in names
        where name.StartsWith(begin, StringComparison.Ordinal) && name.EndsWith(end, StringComparison.Ordinal)
        where name.Length > begin.Length + end.Length
        let id = Guid.TryParseExact(name[begin.Length..^end.Length], "D", out var parsed) ? parsed : (Guid?)null
        where id is not null
        orderby id
        select id.Value;
}

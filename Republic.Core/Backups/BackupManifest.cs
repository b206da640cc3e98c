using System.Text.Json;
using System.Text.Json.Serialization;

namespace Republic.Core.Backups;

/// <summary>What is in a backup. It is the last entry of its archive, whose comment holds its SHA-256.</summary>
/// <param name="Format">The version of the format of the file.</param>
/// <param name="AppVersion">The version of Republic that made it.</param>
/// <param name="Migration">The last migration of the database.</param>
/// <param name="Keys">The names of the master keys that open what is sealed in it, the one that sealed first. No key is in it.</param>
/// <param name="LeftOut">What lies in the data folder or the database and is not in it, each with the reason.</param>
public sealed record BackupManifest(
    int Format,
    string AppVersion,
    DateTimeOffset TakenAt,
    string Migration,
    IReadOnlyList<string> Keys,
    IReadOnlyList<BackupTable> Tables,
    IReadOnlyList<BackupSequence> Sequences,
    IReadOnlyList<BackupFile> Files,
    IReadOnlyList<string> LeftOut
)
{
    internal const int CurrentFormat = 1;
    internal const string Entry = "manifest.json";

    private static readonly JsonSerializerOptions Json = new(SnakeCaseJson.Options)
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>The rows of all tables together.</summary>
    [JsonIgnore]
    public long Rows => Tables.Sum(table => table.Rows);

    /// <summary>The size of all tables together, as text.</summary>
    [JsonIgnore]
    public long TableBytes => Tables.Sum(table => table.Bytes);

    /// <summary>The size of all files together, each content counted once.</summary>
    [JsonIgnore]
    public long FileBytes => Files.DistinctBy(file => file.Entry).Sum(file => file.Bytes);

    /// <summary>The format alone, of a manifest that may be a later one.</summary>
    /// <exception cref="JsonException">It is no manifest.</exception>
    internal static int FormatOf(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize<FormatPart>(json, Json)?.Format ?? throw new JsonException("It is null.");

    internal byte[] Serialize() => JsonSerializer.SerializeToUtf8Bytes(this, Json);

    /// <exception cref="JsonException">It is no manifest.</exception>
    internal static BackupManifest Parse(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize<BackupManifest>(json, Json) ?? throw new JsonException("It is null.");

    /// <summary>The comment of the archive, by which a change of the manifest is seen.</summary>
    internal static string Comment(string sha256) => $"republic-backup {sha256}";

    private sealed record FormatPart(int Format);
}

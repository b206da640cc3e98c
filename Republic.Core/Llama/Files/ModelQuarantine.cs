using System.Text.Json;

namespace Republic.Core.Llama.Files;

/// <summary>
/// Model files that made the model host crash: it does not load them again, under whatever name, so that one file does not stop local
/// models for everybody. A list in the data folder, which the supervisor writes and the child reads; deleting it lets all of them in again.
/// </summary>
internal sealed class ModelQuarantine(string path)
{
    public const string FileName = "quarantine.json";

    private readonly FileDigests digests = new();

    /// <summary>Of the whole process: the supervisor adds files, and people let theirs in again.</summary>
    private static readonly Lock Writing = new();

    /// <summary>Null: the file may be loaded. Its digest is only computed where one of the same size is on the list.</summary>
    public QuarantinedModel? Find(ModelFile file) =>
        Read()
            .Find(known =>
                known.Bytes == file.Bytes && (IsSame(known, file) || (known.Sha256 is { } digest && digest == digests.Sha256(file)))
            );

    public void Add(ModelFile file, DateTimeOffset at)
    {
        lock (Writing)
        {
            // At once and without a digest, which may take longer than the child needs to be back.
            Write([.. Read().Where(known => !IsSame(known, file)), new QuarantinedModel(file.Path, file.Bytes, file.ChangedUtc, null, at)]);
        }
    }

    /// <summary>Adds the digest, by which the file is known when it was copied or renamed.</summary>
    public void Digest(ModelFile file)
    {
        var sha256 = digests.Sha256(file);
        lock (Writing)
        {
            Write([.. Read().Select(known => IsSame(known, file) ? known with { Sha256 = sha256 } : known)]);
        }
    }

    public IReadOnlyList<QuarantinedModel> List() => Read();

    /// <summary>Lets the file be loaded again, whatever path it was known by.</summary>
    public void Remove(ModelFile file, string sha256)
    {
        lock (Writing)
        {
            Write([.. Read().Where(known => !IsSame(known, file) && known.Sha256 != sha256)]);
        }
    }

    private static bool IsSame(QuarantinedModel known, ModelFile file) => known.Path == file.Path && known.ChangedUtc == file.ChangedUtc;

    private List<QuarantinedModel> Read()
    {
        try
        {
            using var stream = File.OpenRead(path);
            return JsonSerializer.Deserialize<List<QuarantinedModel>>(stream, SnakeCaseJson.Options) ?? [];
        }
        catch (FileNotFoundException)
        {
            return [];
        }
        catch (JsonException)
        {
            // Somebody's own edit: better to load a file once more than none.
            return [];
        }
    }

    private void Write(List<QuarantinedModel> all) =>
        AtomicFile.Write(path, stream => JsonSerializer.Serialize(stream, all, SnakeCaseJson.Options));
}

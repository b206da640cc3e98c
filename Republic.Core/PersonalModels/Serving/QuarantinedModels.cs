using Republic.Core.Data;
using Republic.Core.Llama.Files;
using Republic.Core.PersonalModels.Storage;

namespace Republic.Core.PersonalModels.Serving;

/// <summary>Installed models over whose files the model host crashed, and which it does not load until their owner tries again.</summary>
public sealed class QuarantinedModels(DataFolder data, ModelFiles files)
{
    private readonly ModelQuarantine quarantine = new(Path.Combine(data.Folder("model-host"), ModelQuarantine.FileName));

    /// <summary>By the SHA-256 of each file.</summary>
    public IReadOnlyDictionary<string, QuarantineNotice> List() =>
        quarantine
            .List()
            .Select(known => (Sha256: known.Sha256 ?? Path.GetFileNameWithoutExtension(known.Path), known.At))
            .GroupBy(known => known.Sha256, StringComparer.Ordinal)
            .ToDictionary(same => same.Key, same => new QuarantineNotice(same.Max(known => known.At)), StringComparer.Ordinal);

    /// <summary>Lets a model be loaded again.</summary>
    public void Release(string sha256)
    {
        if (new FileInfo(files.PathOf(sha256)) is { Exists: true } file)
        {
            quarantine.Remove(ModelFile.Of(file), sha256);
        }
    }
}

using System.Collections.Concurrent;
using Republic.Core.Llama.Files;
using Republic.Core.Llama.Gguf;
using Republic.Core.Minions;
using Republic.Core.PersonalModels.Storage;
using Republic.Core.Providers;
using Republic.Core.Providers.Upstream;

namespace Republic.Core.PersonalModels.Managing;

/// <summary>The sampling parameters that models use by default, as far as they are known. A header is read once for each file.</summary>
public sealed class SamplingDefaults(ModelFinder models, ModelFiles files, ProviderCatalog catalog)
{
    private readonly ConcurrentDictionary<ModelFile, ModelSampling> known = new();

    /// <summary>The defaults of a minion's model; null where it runs elsewhere, or cannot be read.</summary>
    public ModelSampling? Of(Minion minion) =>
        catalog.Find(minion.Provider)?.Transport == ProviderTransport.ModelHost
            ? Read(() => models.Find(minion.OwnerId, minion.ModelId))
            : null;

    public ModelSampling? Of(LocalModel model) => Read(() => model.File ?? ModelFile.Of(new FileInfo(files.PathOf(model.Sha256!))));

    private ModelSampling? Read(Func<ModelFile> find)
    {
        try
        {
            return known.GetOrAdd(find(), static file => ModelSampling.Of(GgufReader.Read(file.Path)));
        }
        catch (Exception error) when (error is GgufException or IOException or UnauthorizedAccessException)
        {
            // Whoever chats with it is told what is wrong with it.
            return null;
        }
    }
}

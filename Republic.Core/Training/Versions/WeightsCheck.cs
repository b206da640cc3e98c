using Republic.Core.Data;
using Republic.Core.Llama.Files;
using Republic.Core.Llama.Gguf;
using Republic.Core.Lora.Adapters;
using Republic.Core.Minions;
using Republic.Core.PersonalModels;
using Republic.Core.Providers;
using Republic.Core.Providers.Upstream;
using Republic.Core.Training.Configuration;

namespace Republic.Core.Training.Versions;

/// <summary>Looks whether the weights of a version can be used: are they there, unchanged, and is the base the file they were trained on?</summary>
public sealed class WeightsCheck(TrainingFiles files, ModelFinder models, DataFolder data, ProviderCatalog catalog)
{
    private readonly FileDigests digests = new();

    /// <returns>What is in the way, and what to do; null where nothing is.</returns>
    public async Task<Failure?> ProblemAsync(Guid owner, MinionVersion version, CancellationToken ct)
    {
        if ((version.Adapter ?? version.StyleAdapter) is not { } adapter)
        {
            return null;
        }

        var weights = new FileInfo(files.AdapterPath(adapter));
        if (!weights.Exists)
        {
            return Failure.Conflict(
                $"The weights of version {version.Number} are gone: adapters/{weights.Name} is not in the data folder. Put it back from a backup, or train again."
            );
        }

        // Hashing reads the whole of a file the first time, about a second for each gigabyte.
        return await Task.Run(() => Compare(owner, version, ModelFile.Of(weights)), ct);
    }

    /// <summary>Trained on the built-in model that an earlier Republic brought: nobody can put that file back.</summary>
    internal bool IsOfFormerBuiltIn(MinionVersion version) =>
        (version.Adapter ?? version.StyleAdapter) is not null
        && BaseOf(version) is var model
        && catalog.Rows.First(row => row.Transport == ProviderTransport.ModelHost).IsBuiltIn(model)
        && version.BaseSha256 is { } trained
        && digests.Sha256(ModelLookup.Model(model, data)) != trained;

    /// <summary>Why a version's weights are out of use for good, and the way on.</summary>
    internal static string FormerBuiltIn(MinionVersion version) =>
        $"The weights of version {version.Number} were trained on the built-in model of an earlier Republic (SHA-256 {Short(version.BaseSha256!)}…) and mean nothing on the one that is here now. They are out of use. Train again, with the same datasets, and the new version takes their place.";

    private Failure? Compare(Guid owner, MinionVersion version, ModelFile weights)
    {
        try
        {
            if (version.AdapterSha256 is { } sha && digests.Sha256(weights) is var found && found != sha)
            {
                return Failure.Conflict(
                    $"The weights of version {version.Number} were changed since they were trained: SHA-256 {Short(found)}… instead of {Short(sha)}…. Put the file adapters/{weights.Id}.gguf back from a backup, or train again."
                );
            }

            if (IsOfFormerBuiltIn(version))
            {
                return Failure.Conflict(FormerBuiltIn(version));
            }

            if (version.BaseSha256 is { } trained && digests.Sha256(models.Find(owner, BaseOf(version))) is var now && now != trained)
            {
                return Failure.Conflict(
                    $"Version {version.Number} was trained on another file of {BaseOf(version)} (SHA-256 {Short(trained)}…) than the one that is here now ({Short(now)}…). Put the former file back into the models folder, or train again on this one."
                );
            }

            // A run here has checked its own.
            if (version.Imported is not null)
            {
                AdapterCheck.Check(GgufReader.Read(weights.Path), GgufReader.Read(models.PathOf(owner, BaseOf(version))));
            }

            return null;
        }
        catch (GgufException error)
        {
            return Failure.Conflict($"The weights of version {version.Number} cannot be put on {BaseOf(version)}. {error.Message}");
        }
        catch (IOException error)
        {
            return Failure.Conflict($"The weights of version {version.Number} could not be checked against their model. {error.Message}");
        }
    }

    /// <summary>The present name of the model that the weights of a version belong to.</summary>
    internal static string BaseOf(MinionVersion version) => version.Adapter is null ? version.StyleModel! : version.ModelId;

    private static string Short(string hash) => hash[..Math.Min(12, hash.Length)];
}

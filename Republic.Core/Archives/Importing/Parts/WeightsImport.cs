using Republic.Core.Archives.Records;
using Republic.Core.Files;
using Republic.Core.Llama.Gguf;
using Republic.Core.Lora.Adapters;
using Republic.Core.PersonalModels;
using Republic.Core.Training;
using Republic.Core.Training.Runs;

namespace Republic.Core.Archives.Importing.Parts;

/// <summary>
/// Weights out of an archive. What is no LoRA adapter is refused as an upload would be; whether one fits its model is checked where that is
/// here, and again by the model host before it is used.
/// </summary>
internal sealed class WeightsImport(TrainingFiles files, TrainingQuota quota, ModelFinder models, DiskSpace disk)
{
    private const int MaxName = 100;

    public async Task<Outcome<ImportedWeights>> AddAsync(
        ImportScope scope,
        Guid minion,
        ArchivedMinion from,
        ArchivedVersion version,
        CancellationToken ct
    )
    {
        if ((version.Adapter ?? version.StyleAdapter) is null)
        {
            return new ImportedWeights();
        }

        if (version is { Adapter: null, StyleModel: null })
        {
            return Failure.Invalid("style_model", "It has weights of a style and does not say of which model.");
        }

        var (own, style) = (await KeepAsync(scope, minion, version.Adapter, ct), await KeepAsync(scope, minion, version.StyleAdapter, ct));
        if ((own.Failure ?? style.Failure) is { } failure)
        {
            return failure;
        }

        var kept = new ImportedWeights(own.Value?.Name, style.Value?.Name, own.Value?.Sha256 ?? style.Value?.Sha256);
        var model = version.Adapter is null ? version.StyleModel! : version.ModelId;
        if (Unfit(scope.Person, kept.Adapter ?? kept.StyleAdapter!, model) is var (reason, why))
        {
            var message = $"The weights of version {version.Number} cannot be used as things are. {why}";
            scope.Note(ArchiveKinds.Minions, from.DisplayName, minion, reason, message);
        }

        return kept;
    }

    /// <returns>The name that the weights have here; null where there are none to keep.</returns>
    private async Task<Outcome<KeptFile?>> KeepAsync(ImportScope scope, Guid minion, string? adapter, CancellationToken ct)
    {
        if (adapter is null)
        {
            return (KeptFile?)null;
        }

        var entry = ArchiveFormat.Adapter(minion, adapter);
        if (scope.Archive.Open(entry) is not { } stream)
        {
            return Failure.Conflict($"Its weights, {ArchiveText.Plain(adapter, MaxName)}, are not in the archive.");
        }

        await using (stream)
        {
            var bytes = scope.Archive.LengthOf(entry);
            if (await quota.DiskProblemAsync(scope.Person, bytes, ct) is { } full)
            {
                return full;
            }

            if (!disk.Has(bytes))
            {
                return DiskFaults.Refusal();
            }

            return await StoreAsync(scope.Person, stream, ArchivedId.Of(scope.Person, adapter), ct);
        }
    }

    /// <param name="attempt">Names the file until it is whole and checked.</param>
    private async Task<Outcome<KeptFile?>> StoreAsync(Guid person, Stream weights, Guid attempt, CancellationToken ct)
    {
        var unfinished = files.AdapterPath(attempt.ToString("N")) + AtomicFile.Unfinished;
        try
        {
            await using (var file = new FileStream(unfinished, FileMode.Create, FileAccess.Write))
            {
                await weights.CopyToAsync(file, ct);
                file.Flush(flushToDisk: true);
            }

            GgufCheck.CheckTensors(GgufReader.Read(unfinished));
            AdapterFile.Read(unfinished);
            var sha256 = GgufHash.Of(unfinished);
            // Called by what is in it, so that no archive changes weights that another one brought; and in the form of names that are made here:
            // what no version names is swept away.
            var name = ArchivedId.Of(person, sha256).ToString("N");
            File.Move(unfinished, files.AdapterPath(name), overwrite: true);
            return new KeptFile(name, sha256);
        }
        catch (Exception error) when (error is GgufException or EndOfStreamException)
        {
            return Failure.Invalid("adapter", (error as GgufException)?.UploadMessage ?? "Its weights are cut off.");
        }
        catch (Exception error) when (DiskFaults.IsFull(error))
        {
            return DiskFaults.Refusal();
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    /// <summary>Why weights cannot be used with the model that they were trained on, as it is here; null where they can.</summary>
    private (string Reason, string Why)? Unfit(Guid person, string adapter, string model)
    {
        try
        {
            var path = models.PathOf(person, model);
            AdapterCheck.Check(GgufReader.Read(files.AdapterPath(adapter)), GgufReader.Read(path));
            return null;
        }
        catch (FileNotFoundException)
        {
            return (ImportReasons.BaseMissing, $"Their model, {model}, is not here: install it, then choose the version.");
        }
        catch (GgufException error)
        {
            return (ImportReasons.Invalid, error.Message);
        }
    }

    private sealed record KeptFile(string Name, string Sha256);
}

using Republic.Core.Jobs;
using Republic.Core.Llama.Gguf;
using Republic.Core.PersonalModels.Fitting;
using Republic.Core.PersonalModels.Storage;

namespace Republic.Core.PersonalModels.Installing;

/// <summary>Checks that the complete file, whose digest was verified, is a model that can be loaded and fits into memory.</summary>
internal sealed class VerifyStage(IncomingFiles files, MemoryCheck memory) : IInstallStage
{
    public ModelState State => ModelState.Verifying;

    public async Task<StageResult> RunAsync(JobRun run, PersonalModel model, CancellationToken ct)
    {
        run.Report(1, "Reading its header");
        HeaderFacts facts;
        try
        {
            facts = HeaderFacts.Of(GgufReader.Read(files.PathOf(model.Id)));
        }
        catch (GgufException error)
        {
            return StageResult.Failed(
                model.Origin == ModelOrigin.Upload
                    ? $"The file was received as it was sent, but it is not a model that can be used. {error.UploadMessage}"
                    : $"The file is complete, but not a model that can be used. {error.Message}"
            );
        }

        return await memory.RefusalAsync(model, facts, ct)
            ?? StageResult.Then(
                ModelState.Installing,
                row => (row.Facts, row.Variant) = (MemoryCheck.FactsOf(facts), row.Variant ?? facts.Quantization)
            );
    }
}

using Republic.Core.Jobs;

namespace Republic.Core.PersonalModels.Installing;

/// <summary>Moves the file to the installed models under its digest, so that it is stored once for all people who have it.</summary>
internal sealed class InstallStage(PersonalModelStore store) : IInstallStage
{
    public ModelState State => ModelState.Installing;

    public Task<StageResult> RunAsync(JobRun run, PersonalModel model, CancellationToken ct)
    {
        run.Report(1, "Installing");
        var digest = model.ExpectedSha256!;
        return Task.FromResult(
            new StageResult(ModelState.Testing, null)
            {
                Save = async (db, row, end) =>
                {
                    row.Sha256 = digest;
                    return await store.InstallAsync(db, row.Id, digest, end);
                },
            }
        );
    }
}

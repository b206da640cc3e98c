using Republic.Core.Jobs;

namespace Republic.Core.PersonalModels.Installing;

/// <summary>One stage on the way of a model into use. It may be begun again at any time, after a kill as well.</summary>
internal interface IInstallStage
{
    /// <summary>The state of models that are in this stage.</summary>
    ModelState State { get; }

    Task<StageResult> RunAsync(JobRun run, PersonalModel model, CancellationToken ct);
}

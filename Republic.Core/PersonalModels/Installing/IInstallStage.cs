using Republic.Core.Jobs;

namespace Republic.Core.PersonalModels.Installing;

/// <summary>One stage of the installation of a model. It must be restartable at any time, also after the process was killed.</summary>
internal interface IInstallStage
{
    /// <summary>The state of a model during this stage.</summary>
    ModelState State { get; }

    /// <summary>Runs the stage. It changes the row only through the result, because another node may have taken the job over.</summary>
    /// <param name="run">The job, which takes the progress of the stage as a share from 0 to 1 and a sentence for people.</param>
    /// <param name="model">The row as it was when the stage began, not tracked.</param>
    /// <param name="ct">Ends the stage when the model is paused or deleted, or the server stops.</param>
    /// <returns>The next state; or a pause or failure with a message for people. Expected failures are not thrown.</returns>
    Task<StageResult> RunAsync(JobRun run, PersonalModel model, CancellationToken ct);
}

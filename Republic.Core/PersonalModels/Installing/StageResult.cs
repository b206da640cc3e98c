using Republic.Core.Data;

namespace Republic.Core.PersonalModels.Installing;

/// <summary>The result of a stage: the next state, or a pause or failure with its reason.</summary>
/// <param name="Next">The next state; null to start the stage again in a moment.</param>
/// <param name="Error">The reason of a pause or failure, for people; null otherwise.</param>
internal sealed record StageResult(ModelState? Next, string? Error)
{
    /// <summary>The stage starts again in a moment.</summary>
    public static StageResult Again { get; } = new(null, null);

    /// <summary>The refused host and port that a superuser may allow.</summary>
    public string? AllowableHost { get; init; }

    /// <summary>The stage that a resume starts with; null for the one that stopped.</summary>
    public ModelState? ResumeAt { get; init; }

    /// <summary>
    /// Changes the row in the transaction that ends the stage; a failure that it returns becomes the result of the stage.
    /// </summary>
    public Func<RepublicDb, PersonalModel, CancellationToken, Task<Failure?>> Save { get; init; } =
        (_, _, _) => Task.FromResult<Failure?>(null);

    /// <summary>The stage succeeded: the row is changed, and the next state begins.</summary>
    public static StageResult Then(ModelState next, Action<PersonalModel> change) => new StageResult(next, null).Changing(change);

    /// <summary>A failure that a resume does not solve until the cause is removed.</summary>
    public static StageResult Failed(string error, string? allowableHost = null) =>
        new(ModelState.Failed, error) { AllowableHost = allowableHost };

    /// <summary>A pause, after which a resume continues from here.</summary>
    public static StageResult Paused(string error) => new(ModelState.Paused, error);

    /// <summary>The same result, which also changes the row.</summary>
    public StageResult Changing(Action<PersonalModel> change) =>
        this with
        {
            Save = (_, model, _) =>
            {
                change(model);
                return Task.FromResult<Failure?>(null);
            },
        };
}

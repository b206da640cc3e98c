using Republic.Core.Data;

namespace Republic.Core.PersonalModels.Installing;

/// <summary>What came of a stage: the state that follows, or that which it stopped in and why.</summary>
/// <param name="Next">Null: it is begun again in a moment.</param>
/// <param name="Error">For people; null where it goes on.</param>
internal sealed record StageResult(ModelState? Next, string? Error)
{
    public static StageResult Again { get; } = new(null, null);

    /// <summary>The host and port that a superuser may allow.</summary>
    public string? AllowableHost { get; init; }

    /// <summary>Where it goes on when somebody says so; null: with the stage that stopped.</summary>
    public ModelState? GoesOnAt { get; init; }

    /// <summary>What is saved in the transaction that ends the stage, unless it fails, which stops the model there.</summary>
    public Func<RepublicDb, PersonalModel, CancellationToken, Task<Failure?>> Save { get; init; } =
        (_, _, _) => Task.FromResult<Failure?>(null);

    public static StageResult Then(ModelState next, Action<PersonalModel> change) =>
        new(next, null)
        {
            Save = (_, model, _) =>
            {
                change(model);
                return Task.FromResult<Failure?>(null);
            },
        };

    /// <summary>It will not go on by itself, and what was asked for has to change, or the world.</summary>
    public static StageResult Failed(string error, string? allowableHost = null) =>
        new(ModelState.Failed, error) { AllowableHost = allowableHost };

    /// <summary>It goes on from here as soon as somebody says so.</summary>
    public static StageResult Paused(string error) => new(ModelState.Paused, error);
}

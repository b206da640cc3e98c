using Republic.Core.Lora;
using Republic.Core.Training.Configuration;
using Republic.Core.Training.Linking;

namespace Republic.Core.Training.Steps;

/// <summary>The draft version of the minion: what step 4 made of it.</summary>
/// <param name="Instructions">The draft's own, traits included.</param>
/// <param name="Adapter">The name of the weights' file; that of the version before where none were trained now.</param>
internal sealed record EnhancedModel(TrainingMethod Method, string? Instructions, int EnhancedPromptLength, string? Adapter)
{
    public TrainedWeights? Weights { get; init; }

    /// <summary>Weights that draft in its voice, and the model here that they belong to; those of the version before where none were trained now.</summary>
    public string? StyleAdapter { get; init; }
    public string? StyleModel { get; init; }

    /// <summary>Those that the run links.</summary>
    public IReadOnlyList<RunCollection> Collections { get; init; } = [];

    /// <summary>All that the version will name: those of the version before, too.</summary>
    public IReadOnlyList<Guid> OfVersion { get; init; } = [];

    /// <summary>The draft, as it answers.</summary>
    public Speaker Speaker(MinionSnapshot before) =>
        before.Speaker(Instructions, Adapter) with
        {
            StyleAdapter = StyleAdapter,
            StyleModel = StyleModel,
            Collections = [.. before.Collections.Except(before.OfVersion).Union(OfVersion)],
        };

    /// <param name="Steps">After which the weights were kept: the best.</param>
    /// <param name="LossBefore">Nats per answer token of the held-out rows, with what the run began with: the base alone, or the weights of <see cref="FromVersion"/>.</param>
    public sealed record TrainedWeights(
        string BaseModel,
        string Sha256,
        string BaseSha256,
        long Bytes,
        int Steps,
        double? LossBefore,
        double? LossAfter,
        LoraSettings Settings
    )
    {
        /// <summary>The steps that were done: those after <see cref="Steps"/> made the held-out loss no better. Null in runs that did not note it.</summary>
        public int? StepsDone { get; init; }

        /// <summary>The steps of all epochs together, of which early stopping may leave some out. Null likewise.</summary>
        public int? StepsPlanned { get; init; }

        /// <summary>The version whose weights the run went on from; null where it began from the base.</summary>
        public int? FromVersion { get; init; }

        /// <summary>Tokens that the base model knows; null in runs that did not note it.</summary>
        public int? Vocabulary { get; init; }

        /// <summary>The learning rate that suits the base where none is given; null in runs that did not note it.</summary>
        public double? UsualRate { get; init; }
    }
}

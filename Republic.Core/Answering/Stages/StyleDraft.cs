using Republic.Core.Answering.Traces;

namespace Republic.Core.Answering.Stages;

/// <param name="Text">Null where there is none.</param>
internal sealed record StyleDraft(StageTrace Stage, string? Text)
{
    public static StyleDraft None(StageStatus status, string reason) => new(new StageTrace(StageName.Style, status, reason), null);
}

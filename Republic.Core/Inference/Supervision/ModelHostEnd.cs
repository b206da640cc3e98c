using Republic.Core.Llama.Files;

namespace Republic.Core.Inference.Supervision;

/// <summary>How a child ended that had been answering.</summary>
/// <param name="Reason">What that means for an answer that does not go on, for people.</param>
/// <param name="Over">The file that it most likely ended over; null where none was being computed with that can be at fault.</param>
internal sealed record ModelHostEnd(ModelHostEndKind Kind, string Reason, ModelFile? Over)
{
    public const string Cut = "The model host stopped while answering. It is being started again; send the message again.";
    private const string CutByMemory =
        "The model host ran out of memory while answering, and is started again. Send the message again; if that does not help, end other "
        + "programs, shorten the conversation, or take a smaller model.";

    public static ModelHostEnd Of(ModelHostEndKind kind, ModelFile? over) =>
        new(kind, kind == ModelHostEndKind.OutOfMemory ? CutByMemory : Cut, over);
}

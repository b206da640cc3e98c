using Republic.Core.Times;

namespace Republic.Core.PersonalModels.Serving;

/// <param name="At">When the model host crashed over the file.</param>
public sealed record QuarantineNotice(DateTimeOffset At)
{
    /// <summary>For people.</summary>
    public string Reason =>
        $"The model host crashed over this file on {UtcText.Of(At)}, so it is not loaded any more. The file may be damaged, or not what it seems. Try it again, or delete it and download it anew.";
}

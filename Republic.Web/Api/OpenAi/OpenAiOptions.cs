using System.ComponentModel.DataAnnotations;

namespace Republic.Web.Api.OpenAi;

/// <summary>The section <c>OpenAi</c> of the configuration: what one caller of <c>/v1</c> may take of this machine.</summary>
internal sealed class OpenAiOptions
{
    public const string Section = "OpenAi";

    /// <summary>Of one minion's key, or of one person with their tokens. A minute's worth may come at once; 0 is no limit.</summary>
    [Range(0, 10_000_000)]
    public int RequestsPerMinute { get; set; } = 600;

    /// <summary>Answers of one owner's minions that are being streamed at once, on each node; 0 is no limit.</summary>
    [Range(0, 1_000_000)]
    public int StreamsPerPerson { get; set; } = 64;
}

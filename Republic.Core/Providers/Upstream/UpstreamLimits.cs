namespace Republic.Core.Providers.Upstream;

/// <summary>Section <c>Providers:Limits</c>: how long and how much is read from an upstream before it is given up.</summary>
public sealed class UpstreamLimits
{
    /// <summary>Until the answer's headers, when it is streamed.</summary>
    public TimeSpan FirstByte { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Until the answer's headers, when it comes whole: they wait for its last word.</summary>
    public TimeSpan WholeAnswer { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Between two pieces of an answer.</summary>
    public TimeSpan Idle { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>From the request to the end of its answer, with every endpoint that was asked on the way.</summary>
    public TimeSpan Total { get; set; } = TimeSpan.FromMinutes(30);

    public int MaxLineBytes { get; set; } = 1 << 20;

    /// <summary>Of an answer that comes whole. A streamed one may be four times as large: every piece carries an envelope.</summary>
    public int MaxBodyBytes { get; set; } = 16 << 20;

    public int MaxErrorBytes { get; set; } = 64 << 10;

    /// <summary>How long to wait for an answer's headers.</summary>
    /// <param name="spent">What the call has taken already.</param>
    internal TimeSpan ToHeaders(bool whole, TimeSpan spent)
    {
        var (wait, left) = (whole ? WholeAnswer : FirstByte, Total - spent);
        return left <= TimeSpan.Zero ? TimeSpan.Zero
            : left < wait ? left
            : wait;
    }

    /// <summary>For our own model host: a request may wait its turn there, and a dead child shows by its closed socket.</summary>
    public UpstreamLimits Patient() =>
        new()
        {
            FirstByte = Total,
            WholeAnswer = Total,
            Idle = Total,
            Total = Total,
            MaxLineBytes = MaxLineBytes,
            MaxBodyBytes = MaxBodyBytes,
            MaxErrorBytes = MaxErrorBytes,
        };
}

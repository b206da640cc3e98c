using System.Security.Cryptography;

namespace Republic.Core.PersonalModels.Downloads;

/// <summary>How long a source that gives nothing is waited for: eight tries within ten minutes, which every new byte begins anew.</summary>
internal sealed class RetrySchedule(TimeProvider time)
{
    public const int MostTries = 8;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestAsked = TimeSpan.FromMinutes(2);

    private long since = time.GetTimestamp();

    /// <summary>Tries that came to nothing, one after the other.</summary>
    public int Tries { get; private set; }

    /// <summary>New bytes came.</summary>
    public void Restart()
    {
        Tries = 0;
        since = time.GetTimestamp();
    }

    /// <param name="asked">How long the source wants to be left alone.</param>
    /// <returns>How long to wait before the next try; null: no longer.</returns>
    public TimeSpan? Next(TimeSpan? asked)
    {
        Tries++;
        var pause = TimeSpan.FromSeconds(Math.Pow(2, Tries - 1));
        // Many that lost one source at the same moment shall not come back to it at the same moment.
        pause = (pause < Longest ? pause : Longest) * RandomNumberGenerator.GetInt32(800, 1200) / 1000;
        if (asked is { } wish && wish > pause)
        {
            pause = wish < LongestAsked ? wish : LongestAsked;
        }

        return Tries < MostTries && time.GetElapsedTime(since) + pause <= Patience ? pause : null;
    }
}

namespace Republic.Tests;

/// <summary>How long a test may take before it fails, in milliseconds. It only keeps a broken test from hanging.</summary>
public static class TimeLimit
{
    public const int Usual = 3 * 60 * 1000;

    /// <summary>For the tests that <c>HabitTests</c> names.</summary>
    public const int Long = 10 * 60 * 1000;
}

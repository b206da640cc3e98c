namespace Republic.Tests;

/// <summary>Milliseconds after which a test fails: a guard against a hang, not a measure of speed.</summary>
public static class TimeLimit
{
    public const int Usual = 3 * 60 * 1000;

    /// <summary>For the tests that <c>HabitTests</c> names.</summary>
    public const int Long = 10 * 60 * 1000;
}

using System.Diagnostics.CodeAnalysis;

namespace Republic.Core;

/// <summary>What came of something that can fail in an expected way. Bugs are exceptions instead.</summary>
public readonly struct Outcome<T>
{
    private Outcome(T? value, Failure? failure) => (Value, Failure) = (value, failure);

    public T? Value { get; }

    public Failure? Failure { get; }

    [MemberNotNullWhen(false, nameof(Failure))]
    [MemberNotNullWhen(true, nameof(Value))]
    public bool Ok => Failure is null;

    /// <summary>For interfaces, which C# lets no conversion start from.</summary>
    public static Outcome<T> Of(T value) => new(value, null);

    [SuppressMessage(
        "Usage",
        "CA2225",
        Justification = "The conversions are the whole point: `return minion;` and `return Failure.NotFound(...)`."
    )]
    public static implicit operator Outcome<T>(T value) => new(value, null);

    [SuppressMessage("Usage", "CA2225", Justification = "As above.")]
    public static implicit operator Outcome<T>(Failure failure) => new(default, failure);
}

namespace Republic.Core.Inference.Pool;

/// <param name="Name">An adapter file's name without <c>.gguf</c>; where a person chooses, it may be a path.</param>
/// <param name="Scale">What its change is multiplied by: 0 leaves the model as it is, 1 is what it was trained for.</param>
public sealed record AdapterChoice(string Name, float Scale)
{
    /// <summary>
    /// Reads <c>name</c> or <c>name:scale</c>. What follows the last colon is the scale, where the whole is no file. Null where
    /// it begins as a number and is none.
    /// </summary>
    public static AdapterChoice? Parse(string text)
    {
        var colon = text.LastIndexOf(':');
        if (colon <= 0 || File.Exists(text))
        {
            return new(text, 1);
        }

        // From + to 9 are the digits, signs, dot and comma, and the slash, which no file's name holds.
        var behind = text.AsSpan(colon + 1);
        return StrictNumber.Real(behind) is { } scale ? new(text[..colon], (float)scale)
            : behind.Length > 0 && !behind.ContainsAnyExceptInRange('+', '9') ? null
            : new(text, 1);
    }
}

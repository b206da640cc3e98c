namespace Republic.Core.Doctor;

internal static class ErrorLine
{
    /// <summary>The first line of the innermost error.</summary>
    public static string FirstLine(this Exception error) => error.GetBaseException().Message.FirstLine();

    /// <summary>As a sentence.</summary>
    public static string FirstLine(this string message)
    {
        var line = message.Split('\n')[0].Trim();
        return line.Length == 0 || line[^1] is '.' or '!' or '?' ? line : $"{line}.";
    }
}

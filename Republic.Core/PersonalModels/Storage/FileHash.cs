using System.Diagnostics.CodeAnalysis;

namespace Republic.Core.PersonalModels.Storage;

/// <summary>The SHA-256 of a file, 64 lower-case hexadecimal digits.</summary>
public readonly record struct FileHash(string Hex) : IParsable<FileHash>
{
    private const int Digits = 64;

    public static FileHash Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var hash) ? hash : throw new FormatException($"“{s}” is not a SHA-256.");

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out FileHash result)
    {
        var isHash = s is { Length: Digits } && s.All(char.IsAsciiHexDigitLower);
        result = isHash ? new FileHash(s!) : default;
        return isHash;
    }

    public override string ToString() => Hex;
}

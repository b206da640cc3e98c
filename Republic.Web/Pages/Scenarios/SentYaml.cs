using System.Text;
using Republic.Core;

namespace Republic.Web.Pages.Scenarios;

/// <summary>Reads the text of a scenario out of a form.</summary>
internal static class SentYaml
{
    private const int MaxBytes = 256 * 1024;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>A text that was pasted or typed. A browser sends two characters for each end of a line.</summary>
    public static Outcome<string> Of(string? typed) =>
        string.IsNullOrWhiteSpace(typed)
            ? Failure.Invalid("yaml", "There is no text yet. Paste one.")
            : typed.Replace("\r\n", "\n", StringComparison.Ordinal);

    public static async Task<Outcome<string>> ReadAsync(IFormFile file, CancellationToken ct)
    {
        if (file.Length > MaxBytes)
        {
            return Failure.Invalid("yaml", $"The file has {ByteSize.Of(file.Length)}, and a scenario at most {ByteSize.Of(MaxBytes)}.");
        }

        try
        {
            using var reader = new StreamReader(file.OpenReadStream(), Utf8);
            return Of(await reader.ReadToEndAsync(ct));
        }
        catch (DecoderFallbackException)
        {
            return Failure.Invalid("yaml", "The file is not UTF-8 text. Save it as UTF-8, or paste the text.");
        }
    }
}

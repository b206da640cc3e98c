using System.Text;

namespace Republic.Web.Cli;

/// <summary>
/// Text without control characters but line ends and tabs: names in a model's file, and what it says, come from strangers, and a
/// terminal takes some of it for orders.
/// </summary>
internal sealed class PlainWriter(TextWriter to) : TextWriter
{
    public override Encoding Encoding => to.Encoding;

    public static string Plain(string text) => text.All(IsPlain) ? text : string.Concat(text.Where(IsPlain));

    public override void Write(char value)
    {
        if (IsPlain(value))
        {
            to.Write(value);
        }
    }

    public override void Write(string? value) => to.Write(Plain(value ?? ""));

    public override void WriteLine(string? value) => to.WriteLine(Plain(value ?? ""));

    public override Task WriteAsync(string? value) => to.WriteAsync(Plain(value ?? ""));

    public override Task WriteLineAsync(string? value) => to.WriteLineAsync(Plain(value ?? ""));

    public override void Flush() => to.Flush();

    public override Task FlushAsync() => to.FlushAsync();

    public override Task FlushAsync(CancellationToken cancellationToken) => to.FlushAsync(cancellationToken);

    private static bool IsPlain(char letter) => letter is '\n' or '\r' or '\t' || !char.IsControl(letter);
}

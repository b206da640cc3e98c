using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using Microsoft.Extensions.Options;
using Republic.Core.Knowledge.Ingest;

namespace Republic.Core.Knowledge.Reading;

/// <summary>
/// PDF through poppler's pdftotext: a child process that knows nothing of its surroundings, gets the file on its standard input, and is
/// ended when it takes too long, says too much or grows too large.
/// </summary>
internal sealed class PdfText(IOptions<IngestOptions> options, TimeProvider time)
{
    private const int Chunk = 1 << 16;
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(250);

    private IngestOptions Limits => options.Value;

    /// <returns>How many pages it has.</returns>
    public async Task<int> ReadAsync(string path, BlockWriter into, CancellationToken ct)
    {
        using var process = Start();
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var watch = WatchAsync(process, enough);
        try
        {
            var sent = SendAsync(process, path, enough.Token);
            var complaints = process.StandardError.ReadToEndAsync(enough.Token);
            var text = await ReceiveAsync(process, into, enough.Token);
            await sent;
            await process.WaitForExitAsync(enough.Token);
            return process.ExitCode == 0 ? Pages(text, into) : throw Refused(await complaints);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new UnreadableException(
                "The PDF takes more time or memory to read than a document may. Print it to a new PDF, or split it."
            );
        }
        finally
        {
            await enough.CancelAsync();
            End(process);
            await watch;
        }
    }

    private Process Start()
    {
        var start = new ProcessStartInfo(Limits.PdfToText, ["-q", "-enc", "UTF-8", "-eol", "unix", "-", "-"])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            WorkingDirectory = Path.GetTempPath(),
        };
        start.Environment.Clear();
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            throw new UnreadableException(
                "PDF is read by a program called pdftotext, which is not on this machine. Ask a superuser to install it (the package poppler-utils), then try again."
            );
        }
    }

    private static async Task SendAsync(Process process, string path, CancellationToken ct)
    {
        try
        {
            await using var file = File.OpenRead(path);
            await file.CopyToAsync(process.StandardInput.BaseStream, ct);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has seen enough, and its exit code says what of.
        }
    }

    private static async Task<string> ReceiveAsync(Process process, BlockWriter into, CancellationToken ct)
    {
        var text = new StringBuilder();
        var buffer = new char[Chunk];
        int read;
        while ((read = await process.StandardOutput.ReadAsync(buffer, ct)) > 0)
        {
            into.Check(text.Length + read);
            text.Append(buffer, 0, read);
        }

        return text.ToString();
    }

    /// <summary>A form feed ends each page.</summary>
    private static int Pages(string text, BlockWriter into)
    {
        var page = 0;
        foreach (var range in text.AsSpan().TrimEnd('\f').Split('\f'))
        {
            PlainTextReader.Read(text.AsSpan()[range], into, ++page);
        }

        return page;
    }

    private static UnreadableException Refused(string complaint) =>
        new(
            complaint.Contains("password", StringComparison.OrdinalIgnoreCase)
                ? "The PDF is locked with a password. Save it without one, and upload that."
                : "This is not a whole PDF: it could not be read. Open it and print it to a new PDF, and upload that."
        );

    private async Task WatchAsync(Process process, CancellationTokenSource enough)
    {
        var started = time.GetTimestamp();
        while (!enough.IsCancellationRequested)
        {
            await Task.Delay(LookEvery, time, enough.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (time.GetElapsedTime(started) > Limits.PdfTime || SizeOf(process) > Limits.PdfBytes)
            {
                await enough.CancelAsync();
            }
        }
    }

    private static long SizeOf(Process process)
    {
        try
        {
            process.Refresh();
            return process.WorkingSet64;
        }
        catch (InvalidOperationException)
        {
            return 0;
        }
    }

    private static void End(Process process)
    {
        try
        {
            process.Kill();
        }
        catch (Exception error) when (error is InvalidOperationException or Win32Exception)
        {
            // It has ended by itself.
        }
    }
}

using Republic.Core.Data;
using Republic.Core.ModelHost.Http;
using Republic.Core.ModelHost.Native;

namespace Republic.Core.ModelHost;

/// <summary>
/// <c>republic chat</c>: one conversation with a local model, in this process. Each line that is read is a message; the
/// answer is written as it comes. It ends with the input.
/// </summary>
public static class ChatProgram
{
    private const int Refused = 1;

    /// <param name="data">Its folders <c>models</c> and <c>adapters</c> are looked through for names.</param>
    /// <param name="prompt">What to write before a message is read; nothing when nobody types.</param>
    public static async Task<int> RunAsync(
        ChatArguments arguments,
        DataFolder data,
        (TextReader Reader, TextWriter Writer, string Prompt) terminal,
        CancellationToken ct
    )
    {
        try
        {
            LlamaRuntime.EnsureStarted();
            var model = Find("model", arguments.Model, [Path.Combine(AppContext.BaseDirectory, "models"), data.Path("models")]);
            var adapters = arguments
                .Adapters.Select(one => new ChosenAdapter(Find("adapter", one.Name, [data.Path("adapters")]), one.Scale))
                .ToList();
            var threads = arguments.Threads > 0 ? arguments.Threads : ProcessorCores.ForModels();
            await using var pool = new ModelPool(new ModelHostArguments("", [], threads, Sequences: 1));
            using var lease = await pool.TakeAsync(model, adapters, ct);
            await new TerminalChat(lease, arguments, terminal.Writer).RunAsync(terminal.Reader, terminal.Prompt, ct);
            return 0;
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return 0;
        }
        catch (Exception e) when (e is NativeLibraryException or FileNotFoundException or RequestRefusedException or InvalidDataException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return Refused;
        }
    }

    private static ModelFile Find(string kind, string given, IReadOnlyList<string> folders)
    {
        if (File.Exists(given))
        {
            return ModelFile.Of(new FileInfo(given));
        }

        var known = new ModelFolders(folders);
        if (known.Find(given) is { } file)
        {
            return file;
        }

        var names = known.List().Select(other => other.Id).ToList();
        throw new FileNotFoundException(
            $"There is no file {given}, and no {kind} of this name in {string.Join(" or ", folders)}. "
                + (names.Count > 0 ? $"There: {string.Join(", ", names)}." : "Give the path of a GGUF file.")
        );
    }
}

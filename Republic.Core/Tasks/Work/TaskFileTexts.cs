using Microsoft.Extensions.Options;
using Republic.Core.Knowledge.Ingest;
using Republic.Core.Knowledge.Reading;
using Republic.Core.Tasks.Attachments;

namespace Republic.Core.Tasks.Work;

/// <summary>Reads the files of a task as text: so much of each, and of all together, as a prompt can hold.</summary>
internal sealed class TaskFileTexts(TaskAttachmentFiles files, DocumentReader reader, IOptions<IngestOptions> limits)
{
    public const int LongestText = 20_000;
    public const int LongestTogether = 60_000;

    public async Task<IReadOnlyList<TaskFileText>> ReadAsync(IEnumerable<TaskAttachment> attachments, CancellationToken ct)
    {
        var left = LongestTogether;
        List<TaskFileText> texts = [];
        foreach (var attachment in attachments)
        {
            var read = left > 0 ? await TextAsync(attachment, ct) : Failure.Conflict("Left out: the files before it are long enough.");
            if (!read.Ok)
            {
                texts.Add(new(attachment.FileName, null, read.Failure.Message));
                continue;
            }

            var text = read.Value.AtMost(Math.Min(LongestText, left));
            left -= text.Length;
            texts.Add(new(attachment.FileName, text, Cut(text.Length, read.Value.Length)));
        }

        return texts;
    }

    private static string? Cut(int given, int length) =>
        given < length ? $"the first {Counted.Of(given)} of {Counted.Of(length)} characters" : null;

    private async Task<Outcome<string>> TextAsync(TaskAttachment attachment, CancellationToken ct)
    {
        try
        {
            var path = files.PathOf(attachment.Id);
            var format = DocumentKind.Of(path, attachment.FileName, limits.Value);
            if (!format.Ok)
            {
                return format.Failure;
            }

            var read = await reader.ReadAsync(path, format.Value, ct);
            return read.Ok ? read.Value.Text : read.Failure;
        }
        catch (IOException)
        {
            return Failure.Conflict("It could not be opened.");
        }
    }
}

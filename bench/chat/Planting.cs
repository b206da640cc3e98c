using System.Globalization;
using System.Text;
using Npgsql;
using Republic.Core;
using Republic.Core.Search;
using Republic.Core.Search.Words;

namespace Republic.Bench;

/// <summary>Plants chats of two years, each in one script, half of them in Latin, with the words of the search as the app writes them.</summary>
/// <param name="rare">What the words begin with that are in one message each.</param>
internal sealed class Planting(NpgsqlDataSource database, LetterFolding letters, IReadOnlyList<Vocabulary> scripts, Size size, string rare)
{
    public const int Days = 730;
    public const int Common = 20;

    private const int ChatsInABatch = 50;
    private const int ChatsPerNeedle = 66;
    private const int ShortestMessage = 20;
    private const int LongestMessage = 120;
    private const string Null = @"\N";
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    private readonly SeededRandom random = SeededRandom.For(79, size.Messages);
    private readonly TimeSpan pause = TimeSpan.FromDays(Days) / size.Messages;
    private readonly Planted planted = new() { Begin = TimeProvider.System.GetUtcNow().AddDays(-Days) };

    // Rows for COPY.
    private readonly StringBuilder chats = new();
    private readonly StringBuilder participants = new();
    private readonly StringBuilder messages = new();
    private readonly StringBuilder messageWords = new();
    private readonly StringBuilder titleWords = new();
    private int said;

    private DateTimeOffset Now => planted.Begin + (pause * said);

    public async Task<Planted> RunAsync(Guid person, IReadOnlyList<Guid> minions)
    {
        for (var chat = 0; chat < size.Chats; chat++)
        {
            await ChatAsync(chat, person, minions[chat % minions.Count]);
            if (chat % ChatsInABatch == ChatsInABatch - 1 || chat == size.Chats - 1)
            {
                await CopyAsync("conversations (id, owner_id, title, leaf_id, created_at, updated_at, is_title_indexed)", chats);
                await CopyAsync("participants (conversation_id, citizen_id, joined_at, last_read_at)", participants);
                await CopyAsync(
                    "messages (id, conversation_id, parent_id, author_id, content, state, created_at, updated_at, omitted_messages, is_indexed)",
                    messages
                );
                await CopyAsync("message_words (id, owner_id, said_at, words)", messageWords);
                await CopyAsync("title_words (id, owner_id, words)", titleWords);
            }
        }

        return planted;
    }

    private async Task ChatAsync(int chat, Guid person, Guid minion)
    {
        var script = scripts[random.Next(2) == 0 ? 0 : 1 + random.Next(scripts.Count - 1)];
        var (count, begin, isBranched) = (size.MessagesOf(chat), Now, chat == size.BranchedChat);
        var (id, last, end) = (Guid.CreateVersion7(begin), Guid.Empty, begin);
        Guid? parent = null;
        for (var i = 0; i < count; i++, said++)
        {
            (last, end) = (Guid.CreateVersion7(Now), Now);
            // The last one is an answer.
            var isAnswer = isBranched ? i > 0 : (count - i) % 2 == 1;
            var text = Text(script, last, hasNeedle: i == 0 && chat % ChatsPerNeedle == 0);
            var words = await WordsAsync(text, TextWords.OfMonth(end.UtcDateTime), TextWords.Of(person), TextWords.Of(minion));
            messages.Append(
                Culture,
                $"{last}\t{id}\t{parent?.ToString() ?? Null}\t{(isAnswer ? minion : person)}\t{text}\tComplete\t{end:O}\t{end:O}\t0\tt\n"
            );
            messageWords.Append(Culture, $"{last}\t{person}\t{end:O}\t{words}\n");
            parent = isBranched && i > 0 ? parent : last;
        }

        var title = script.Text(random, 2 + random.Next(4));
        chats.Append(Culture, $"{id}\t{person}\t{title}\t{last}\t{begin:O}\t{end:O}\tt\n");
        participants.Append(Culture, $"{id}\t{person}\t{begin:O}\t{end:O}\n{id}\t{minion}\t{begin:O}\t{Null}\n");
        var titled = await WordsAsync(title, TextWords.Of(person), TextWords.Of(minion));
        titleWords.Append(Culture, $"{id}\t{person}\t{titled}\n");
        planted.Chats.Add(id, minion);
        planted.Long = chat == size.LongChat ? (id, last) : planted.Long;
        planted.Branched = isBranched ? (id, last) : planted.Branched;
    }

    private string Text(Vocabulary script, Guid message, bool hasNeedle)
    {
        var text = script.Text(random, ShortestMessage + random.Next(LongestMessage - ShortestMessage + 1));
        if (!hasNeedle)
        {
            return text;
        }

        var latin = scripts[0];
        var needle = new Needle(message, $"{rare}{planted.Needles.Count:0000}", latin.Words[random.Next(Common)], latin.Text(random, 4));
        planted.Needles.Add(needle);
        return $"{text} {needle.Phrase} {needle.Common} {needle.Word}";
    }

    /// <summary>Of a <c>tsvector</c>: those of the text, and those of the index's own.</summary>
    private async Task<string> WordsAsync(string text, params string[] own)
    {
        var words = TextWords.Distinct((await letters.FoldAsync(text, CancellationToken.None)).Text);
        return string.Join(' ', words.Concat(own).Select(AskedWord.Quoted));
    }

    /// <summary>Nothing that is planted has a tab, a line break or a backslash in it.</summary>
    private async Task CopyAsync(string table, StringBuilder rows)
    {
        await using var connection = await database.OpenConnectionAsync();
        await using (var copy = await connection.BeginTextImportAsync($"copy {table} from stdin"))
        {
            await copy.WriteAsync(rows);
        }

        rows.Clear();
    }
}

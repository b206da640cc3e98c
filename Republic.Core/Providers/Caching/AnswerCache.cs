using Microsoft.Extensions.Options;

namespace Republic.Core.Providers.Caching;

/// <summary>Answers in this node's memory, up to a number of bytes: those that were not asked for longest go first.</summary>
public sealed class AnswerCache(IOptions<AnswerCacheOptions> options, TimeProvider time)
{
    /// <summary>About what an answer takes beside its own bytes.</summary>
    public const int Overhead = 256;

    private readonly AnswerCacheOptions limits = options.Value;
    private readonly Lock gate = new();
    private readonly Dictionary<AnswerKey, LinkedListNode<Entry>> entries = [];
    private readonly LinkedList<Entry> byUse = [];
    private long bytes;

    public bool IsOn => limits.MaxBytes > 0;

    public int MaxAnswerBytes => limits.MaxAnswerBytes;

    /// <summary>What is taken of <see cref="AnswerCacheOptions.MaxBytes"/>.</summary>
    public long Bytes
    {
        get
        {
            lock (gate)
            {
                return bytes;
            }
        }
    }

    public CachedAnswer? Find(AnswerKey key)
    {
        lock (gate)
        {
            if (!entries.TryGetValue(key, out var found))
            {
                return null;
            }

            if (found.Value.Until <= time.GetUtcNow())
            {
                Remove(found);
                return null;
            }

            byUse.Remove(found);
            byUse.AddLast(found);
            return found.Value.Answer;
        }
    }

    /// <summary>Whether it would be found; that somebody looked does not keep it longer.</summary>
    public bool Knows(AnswerKey key)
    {
        lock (gate)
        {
            return entries.TryGetValue(key, out var found) && found.Value.Until > time.GetUtcNow();
        }
    }

    /// <summary>Takes the place of what was answered before.</summary>
    public void Keep(AnswerKey key, CachedAnswer answer, TimeSpan keepFor)
    {
        var entry = new Entry(key, answer, time.GetUtcNow() + keepFor);
        if (answer.Body.Length > limits.MaxAnswerBytes || entry.Size > limits.MaxBytes)
        {
            return;
        }

        lock (gate)
        {
            if (entries.TryGetValue(key, out var before))
            {
                Remove(before);
            }

            while (bytes + entry.Size > limits.MaxBytes)
            {
                Remove(byUse.First!);
            }

            bytes += entry.Size;
            entries[key] = byUse.AddLast(entry);
        }
    }

    private void Remove(LinkedListNode<Entry> node)
    {
        bytes -= node.Value.Size;
        entries.Remove(node.Value.Key);
        byUse.Remove(node);
    }

    private sealed record Entry(AnswerKey Key, CachedAnswer Answer, DateTimeOffset Until)
    {
        public long Size => Answer.Body.Length + Overhead;
    }
}

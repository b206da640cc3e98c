using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.Options;

namespace Republic.Core.Accounts.Attempts;

/// <summary>
/// Counts wrong passwords, and apart from them wrong keys, by network address in windows of a minute. A password is refused unread
/// once the count is full; a key is still looked up, because a good one behind the same proxy must not suffer from the bad ones.
/// </summary>
public sealed class AddressFailures(IOptions<AccountOptions> options, TimeProvider time)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<(IPAddress, AttemptKind), Count> counts = new();

    /// <summary>How long this address has to wait, or null when it may try.</summary>
    public TimeSpan? WaitFor(IPAddress? address, AttemptKind kind)
    {
        var now = time.GetUtcNow();
        return
            counts.TryGetValue((Prefix(address), kind), out var count)
            && now - count.Since < Window
            && count.Failures >= options.Value.FailuresPerMinuteAndAddress
            ? Window - (now - count.Since)
            : null;
    }

    /// <summary>Counts a try before it is looked at, so that of tries sent together no more than the limit are.</summary>
    /// <returns>How long this address has to wait; null when the try may be looked at.</returns>
    public TimeSpan? Begin(IPAddress? address, AttemptKind kind)
    {
        var count = Counted(address, kind);
        return count.Failures <= options.Value.FailuresPerMinuteAndAddress ? null : Window - (time.GetUtcNow() - count.Since);
    }

    /// <summary>Takes back a try that was right.</summary>
    public void Succeeded(IPAddress? address, AttemptKind kind)
    {
        var subject = (Prefix(address), kind);
        while (counts.TryGetValue(subject, out var count) && count.Failures > 0)
        {
            if (counts.TryUpdate(subject, count with { Failures = count.Failures - 1 }, count))
            {
                return;
            }
        }
    }

    public void Add(IPAddress? address, AttemptKind kind) => Counted(address, kind);

    private Count Counted(IPAddress? address, AttemptKind kind)
    {
        var now = time.GetUtcNow();
        var added = counts.AddOrUpdate(
            (Prefix(address), kind),
            _ => new Count(now, 1),
            (_, count) => now - count.Since < Window ? count with { Failures = count.Failures + 1 } : new Count(now, 1)
        );
        if (counts.Count > 10_000)
        {
            foreach (var (old, _) in counts.Where(c => now - c.Value.Since >= Window))
            {
                counts.TryRemove(old, out _);
            }
        }

        return added;
    }

    // One household or server holds a whole /64 of IPv6.
    private static IPAddress Prefix(IPAddress? address)
    {
        if (address is null || address.AddressFamily != System.Net.Sockets.AddressFamily.InterNetworkV6)
        {
            return address ?? IPAddress.None;
        }

        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4();
        }

        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes);
    }

    private sealed record Count(DateTimeOffset Since, int Failures);
}

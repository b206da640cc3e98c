using Republic.Core.Security;
using Republic.Core.Security.Rotation;

namespace Republic.Web.Cli;

/// <summary>What <c>republic keys</c> does and says once it has the keys and the database.</summary>
internal sealed class KeysReport(MasterKeys keys, KeyRotation rotation)
{
    public Task<int> DoAsync(bool rotates, bool finishes, CancellationToken ct) =>
        !rotates ? StatusAsync(ct)
        : finishes ? FinishAsync(ct)
        : RotateAsync(ct);

    private async Task<int> RotateAsync(CancellationToken ct)
    {
        var known = keys.Earlier.Select(key => key.Version).Append(keys.Current.Version).ToHashSet();
        var isNew = await rotation.ChangeKeyAsync(ct);
        if (isNew)
        {
            Console.WriteLine($"A new key, {keys.Current.Name}, seals from now on.");
        }

        var unreadable = new List<string>();
        var total = 0L;
        long renewed;
        do
        {
            // A node that had not seen the new key yet may have sealed under the old one since: until a pass finds nothing.
            unreadable.Clear();
            renewed = await rotation.SealAnewAsync(unreadable.Add, ct);
            total += renewed;
        } while (renewed > 0);

        unreadable.ForEach(Console.Error.WriteLine);
        Console.WriteLine($"{Values(total)} sealed anew under {keys.Current.Name}.");
        if (keys.AreConfigured && total == 0 && known.Count == 1)
        {
            Console.WriteLine(
                $"To change the key, put a new one (openssl rand -base64 32) into {MasterKey.Setting} and the present one into "
                    + $"{MasterKey.PreviousSetting}, restart Republic, and run this again."
            );
        }

        await StatusAsync(ct);
        return unreadable.Count == 0 ? ExitCode.Done : ExitCode.NotPossible;
    }

    private async Task<int> FinishAsync(CancellationToken ct)
    {
        var removed = await rotation.FinishAsync(TimeProvider.System, ct);
        if (!removed.Ok)
        {
            Console.Error.WriteLine(removed.Failure.Message);
            return ExitCode.NotPossible;
        }

        foreach (var key in removed.Value)
        {
            Console.WriteLine($"Removed {key.Name}. A backup made before this change still needs it.");
        }

        return await StatusAsync(ct);
    }

    private async Task<int> StatusAsync(CancellationToken ct)
    {
        var counts = await rotation.CountAsync(ct);
        var (current, earlier) = (keys.Current, keys.Earlier);
        Console.WriteLine($"{current.Name}  seals and opens     {current.Source}");
        foreach (var key in earlier)
        {
            Console.WriteLine($"{key.Name}  opens               {key.Source}");
        }

        foreach (var count in counts)
        {
            Console.WriteLine($"{count.Version:x8}  {Values(count.Count), -18}  {count.Column}");
        }

        var others = counts.Where(count => count.Version != current.Version).ToList();
        var missing = others.Where(count => earlier.All(key => key.Version != count.Version)).ToList();
        if (missing.Count > 0)
        {
            Console.WriteLine(
                $"{Values(missing.Sum(count => count.Count))} cannot be opened: put the key "
                    + $"{string.Join(" and ", missing.Select(count => $"{count.Version:x8}").Distinct())} into {MasterKey.PreviousSetting}, "
                    + "or enter those secrets again."
            );
            return ExitCode.NotPossible;
        }

        Console.WriteLine(Next(current, earlier, others.Sum(count => count.Count)));
        return ExitCode.Done;
    }

    private string Next(MasterKey current, IReadOnlyList<MasterKey> earlier, long left) =>
        left > 0 ? $"{Values(left)} to seal anew: republic keys rotate"
        : earlier.Count == 0 ? $"Everything is sealed under {current.Name}."
        : $"Everything is sealed under {current.Name}; nothing needs {string.Join(", ", earlier.Select(key => key.Name))} any more. "
            + (
                keys.AreConfigured
                    ? $"Take {MasterKey.PreviousSetting} out of the settings."
                    : "To remove it: republic keys rotate --finish"
            );

    private static string Values(long count) => count == 1 ? "1 secret" : $"{count} secrets";
}

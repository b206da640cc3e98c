using System.Globalization;
using Republic.Bench;
using Republic.Core.Llama.Memory;

switch (args)
{
    case ["worker", var pace]:
        await Worker.RunAsync(isBrisk: pace == "brisk");
        return 0;
    case ["cuts", var folder, var seconds, var seed]:
        return await new Cuts(folder, ulong.Parse(seed, CultureInfo.InvariantCulture)).RunAsync(Number(seconds)) ? 0 : 1;
    case ["speed", var folder, var rounds, var megabytes]:
        await new Speed(folder, Number(megabytes) * 1_000_000L).RunAsync(Number(rounds));
        return 0;
    case ["memory-worker", var path, var length, var cache, var threads]:
        MemoryWorker.Run(path, Number(length), CacheType.Find(cache)!, Number(threads));
        return 0;
    case ["memory", var folder, var threads, .. var rest]:
        await new Memory(folder, Number(threads)).RunAsync(isQuick: rest is ["quick"]);
        return 0;
    default:
        throw new InvalidOperationException(
            "Use: cuts <folder> <seconds> <seed> | speed <folder> <rounds> <megabytes> | memory <folder> <threads> [quick]"
        );
}

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

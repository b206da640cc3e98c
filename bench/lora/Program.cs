using System.Globalization;
using Republic.Bench;
using Republic.Core.Llama.Gguf;
using Republic.Core.Lora.Architecture;

switch (args)
{
    case ["make", var path, var types]:
        new RandomModel().Write(path, GgufType.F32);
        foreach (var type in types.Split(',').Where(type => type != "F32"))
        {
            RandomModel.Convert(path, Path.ChangeExtension(path, type + ".gguf"), type);
        }

        break;
    case ["measure", var path, .. var options]:
        new Measurement(path, options).Run();
        break;
    case ["beside", var app, var model, var rows, var rounds, var seconds]:
        var turn = TimeSpan.FromSeconds(int.Parse(seconds, CultureInfo.InvariantCulture));
        await new Beside(app, model, rows, int.Parse(rounds, CultureInfo.InvariantCulture), turn).RunAsync();
        break;
    case ["shape", var path]:
        var a = DecoderArchitecture.From(GgufReader.Read(path));
        Console.WriteLine(
            $"width={a.Width} layers={a.Layers} heads={a.Heads} keys={a.HeadsOfKeys} forward={a.FeedForward} vocabulary={a.Vocabulary}"
        );
        break;
    default:
        throw new InvalidOperationException(
            "Use: make <path> <F32,BF16,…> | measure <model> [tokens=…] [rank=…] [rounds=…] | beside <republic.dll> <model> <rows> <rounds> <seconds of a turn> | shape <model>"
        );
}

using System.Globalization;
using Republic.Bench;

switch (args)
{
    case ["make", var path, var rows, var seed]:
        new PlantedSource(int.Parse(rows, CultureInfo.InvariantCulture), ulong.Parse(seed, CultureInfo.InvariantCulture)).Write(path);
        break;
    case ["run", var path, var folder]:
        RefineryMeasurement.Run(path, folder);
        break;
    case ["look", var folder]:
        LookMeasurement.Run(folder);
        break;
    case ["truth", var path, var folder]:
        Truth.Compare(path + ".truth", folder);
        break;
    case ["compare", var path, var rounds, var python, var rows]:
        new Comparison(path, int.Parse(rounds, CultureInfo.InvariantCulture), python, int.Parse(rows, CultureInfo.InvariantCulture)).Run();
        break;
    default:
        throw new InvalidOperationException(
            "Use: make <path> <rows> <seed> | run <path> <folder or dry> | truth <path> <folder> | look <folder> | compare <path> <rounds> <python or none> <its rows>"
        );
}

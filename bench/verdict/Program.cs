using System.Globalization;
using Republic.Bench.Rows;

Answerable.LeaveOut(Path.GetFullPath("../../../../sprout", AppContext.BaseDirectory));
switch (args)
{
    case ["rows", var kind, var seed, var folder]:
        DataKind.Make(kind, long.Parse(seed, CultureInfo.InvariantCulture)).Write(folder);
        break;
    default:
        throw new InvalidOperationException("Use: rows <kind> <seed> <folder>");
}

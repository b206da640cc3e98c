namespace Republic.Core.Archives.Importing;

/// <summary>Why a thing was not added.</summary>
/// <param name="Reason">Of <see cref="ImportReasons"/>.</param>
/// <param name="Message">For people.</param>
/// <param name="Name">Of the thing, where it was known no earlier than this.</param>
internal sealed record ImportSkip(string Reason, string Message, string? Name = null)
{
    public static ImportSkip Of(Failure failure) => new(ImportReasons.Of(failure), failure.Message);
}

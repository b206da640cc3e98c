using Republic.Core;
using Republic.Core.PersonalModels.Fitting;

namespace Republic.Web.Pages.PersonalModels;

/// <summary>The data about a model before its download.</summary>
/// <param name="Matrix">The verdicts; null where they are not known before the download.</param>
/// <param name="Header">The header at the source; null where it was not read.</param>
/// <param name="Note">The reason why a header was not read; null otherwise.</param>
/// <param name="Problem">The reason why the file cannot be downloaded; null otherwise.</param>
/// <param name="AllowableHost">The refused host and port that a superuser may allow; null otherwise.</param>
public sealed record ModelOffer(MatrixView? Matrix, RemoteHeader? Header, string? Note, Failure? Problem, string? AllowableHost);

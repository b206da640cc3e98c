using Republic.Core.Data;
using Republic.Core.Files;

namespace Republic.Core.Archives.Importing;

/// <summary>Archives that were uploaded, until what is in them is added: <c>imports/&lt;id&gt;</c>.</summary>
public sealed class ImportFiles(DataFolder data) : FileStore<Guid>(data, "imports");

using RestateCloud.Micro.Cedar;

// dotnet run -c Release --project bench/Micro -- cedar [folder that holds node_modules/@cedar-policy/cedar-wasm]
switch (args)
{
    case ["cedar"]:
        await CedarBenchmark.RunAsync(null);
        return 0;
    case ["cedar", var wasm]:
        await CedarBenchmark.RunAsync(wasm);
        return 0;
    default:
        Console.Error.WriteLine("usage: Micro cedar [folder with node_modules/@cedar-policy/cedar-wasm]");
        return 2;
}

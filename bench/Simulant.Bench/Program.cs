return args is ["quality", .. var rest]
    ? Simulant.Bench.QualityCommand.Run(rest, Console.Out)
    : Simulant.Bench.Benchmarks.Run(args, Console.Out, Console.Error);
